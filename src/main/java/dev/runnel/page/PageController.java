package dev.runnel.page;

import org.springframework.http.CacheControl;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the chat page, and the same page for each conversation's own address.
 */
@Controller
final class PageController {

	private final Assets assets;

	PageController(Assets assets) {
		this.assets = assets;
	}

	@GetMapping("/")
	String root() {
		return "redirect:/ai-demo";
	}

	/** Browsers ask again for the page each time: it says which assets go with it. */
	@GetMapping({ "/ai-demo", "/ai-demo/c/{id:[0-9a-fA-F-]{36}}" })
	String page(Model model, ServerHttpResponse response) {
		response.getHeaders().setCacheControl(CacheControl.noCache().cachePrivate());
		model.addAttribute("assets", this.assets);
		return "ai-demo";
	}

}
