package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own that reads the mask: steps that do not count become zero. */
public final class CountedSteps extends ConfiguredLayer<CountedSteps> {

    public static final OptionSet OPTIONS = OptionSet.of("CountedSteps");

    public CountedSteps(Configuration configuration) {
        super(configuration);
    }

    public static CountedSteps only() {
        return new CountedSteps(Configuration.of(OPTIONS));
    }

    @Override
    protected CountedSteps of(Configuration configuration) {
        return new CountedSteps(configuration);
    }
}
