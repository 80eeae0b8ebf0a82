package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own, the example of docs/own-layer.md: {@code y = x gain}, with a trained gain for each feature. */
public final class Gain extends ConfiguredLayer<Gain> {

    private static final Option<Initializer> GAIN = Option.of("gain_initializer", OptionKind.INITIALIZER,
            Initializer.ONES);

    public static final OptionSet OPTIONS = OptionSet.of("Gain", GAIN);

    public Gain(Configuration configuration) {
        super(configuration);
    }

    public static Gain perFeature() {
        return new Gain(Configuration.of(OPTIONS));
    }

    @Override
    protected Gain of(Configuration configuration) {
        return new Gain(configuration);
    }

    public Gain initializer(Initializer initializer) {
        return with(GAIN, initializer);
    }

    public Initializer initializer() {
        return get(GAIN);
    }
}
