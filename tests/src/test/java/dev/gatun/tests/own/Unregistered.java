package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own whose type nobody has registered: it can be called, but not be built. */
public final class Unregistered extends ConfiguredLayer<Unregistered> {

    private static final OptionSet OPTIONS = OptionSet.of("Unregistered");

    public Unregistered() {
        this(Configuration.of(OPTIONS));
    }

    private Unregistered(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected Unregistered of(Configuration configuration) {
        return new Unregistered(configuration);
    }
}
