package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/**
 * A layer of a user's own that reads whole numbers: the vector of each word [B,T] of a table that no training changes. Word 0
 * is none: the layer makes a mask that leaves its steps out.
 */
public final class FixedVectors extends ConfiguredLayer<FixedVectors> {

    private static final Option<Integer> WORDS = Option.required("words", OptionKind.WHOLE);
    private static final Option<Integer> FEATURES = Option.required("features", OptionKind.WHOLE);

    public static final OptionSet OPTIONS = OptionSet.of("FixedVectors", WORDS, FEATURES);

    public FixedVectors(Configuration configuration) {
        super(configuration);
    }

    public static FixedVectors of(int words, int features) {
        return new FixedVectors(Configuration.of(OPTIONS).with(WORDS, words).with(FEATURES, features));
    }

    @Override
    protected FixedVectors of(Configuration configuration) {
        return new FixedVectors(configuration);
    }

    public int words() {
        return get(WORDS);
    }

    public int features() {
        return get(FEATURES);
    }
}
