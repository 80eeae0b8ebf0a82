package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own that reads several sequences, whose masks become one. It is wired, never run. */
public final class Averaging extends ConfiguredLayer<Averaging> {

    public static final OptionSet OPTIONS = OptionSet.of("Averaging");

    public Averaging(Configuration configuration) {
        super(configuration);
    }

    public static Averaging all() {
        return new Averaging(Configuration.of(OPTIONS));
    }

    @Override
    protected Averaging of(Configuration configuration) {
        return new Averaging(configuration);
    }
}
