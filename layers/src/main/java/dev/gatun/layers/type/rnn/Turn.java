package dev.gatun.layers.type.rnn;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** Turns a sequence [B,T,F] round: its last step becomes the first. */
final class Turn extends ConfiguredLayer<Turn> {

    static final OptionSet OPTIONS = OptionSet.of("Turn");

    Turn() {
        this(Configuration.of(OPTIONS));
    }

    private Turn(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected Turn of(Configuration configuration) {
        return new Turn(configuration);
    }
}
