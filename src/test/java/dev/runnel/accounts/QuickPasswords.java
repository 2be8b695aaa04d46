package dev.runnel.accounts;

import org.springframework.context.support.GenericApplicationContext;

/**
 * Passwords with few iterations, for tests that sign many people in. The number of
 * iterations changes only the time that a hash takes.
 */
public final class QuickPasswords {

	private static final int ITERATIONS = 1000;

	private QuickPasswords() {
	}

	/** Lets an application use them, if people sign in there. */
	public static void use(GenericApplicationContext context) {
		context.registerBean("quickPasswords", Passwords.class,
				() -> new Passwords(context.getBean(AccountsSettings.class).passwords(), ITERATIONS), (bean) -> {
					bean.setLazyInit(true);
					bean.setPrimary(true);
				});
	}

}
