package dev.runnel.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the chat page, and the same page for each conversation's own address.
 */
@Controller
final class PageController {

	@GetMapping("/")
	String root() {
		return "redirect:/ai-demo";
	}

	@GetMapping({ "/ai-demo", "/ai-demo/c/{id:[0-9a-fA-F-]{36}}" })
	String page() {
		return "ai-demo";
	}

}
