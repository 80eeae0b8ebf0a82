package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own that cannot leave steps out. In predictions it hands its input on, so it never runs. */
public final class Refusing extends ConfiguredLayer<Refusing> {

    public static final OptionSet OPTIONS = OptionSet.of("Refusing");

    public Refusing(Configuration configuration) {
        super(configuration);
    }

    public static Refusing masks() {
        return new Refusing(Configuration.of(OPTIONS));
    }

    @Override
    protected Refusing of(Configuration configuration) {
        return new Refusing(configuration);
    }
}
