package dev.gatun.tests.attack;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** One method of {@link FuzzTargets} in a JVM of its own; says what failed, and ends with 1 if anything did. */
final class FuzzRun {

    private FuzzRun() {}

    /** {@code <method>} */
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(FuzzTargets.class, arguments[0], byte[].class.getName()))
                .build();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, summary);
        summary.getSummary().getFailures()
                .forEach(failure -> System.out.println("FAULT " + arguments[0] + " " + failure.getException()));
        System.exit(summary.getSummary().getTestsSucceededCount() > 0 && summary.getSummary().getFailures().isEmpty()
                ? 0
                : 1);
    }
}
