package dev.runnel.accounts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Marks a component that exists only in the mode {@code accounts}, so that the other
 * modes pay nothing for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "runnel.sign-in.mode", havingValue = "accounts")
public @interface IfPeopleSignIn {

}
