package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** Makes a sample of each step: of [B,T,F] comes [T B,F], of [B,T,S,F] comes [T B,S,F]. */
final class Fold extends ConfiguredLayer<Fold> {

    static final OptionSet OPTIONS = OptionSet.of("Fold");

    Fold() {
        this(Configuration.of(OPTIONS));
    }

    private Fold(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected Fold of(Configuration configuration) {
        return new Fold(configuration);
    }
}
