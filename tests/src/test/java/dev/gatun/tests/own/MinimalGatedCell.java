package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.RecurrentCell;
import java.util.List;

/**
 * A cell of a user's own, the example of docs/own-cell.md: the minimal gated unit (Zhou et al. 2016), a GRU with one gate.
 *
 * <pre>
 * forget = sigmoid(bf + x Kf + h Rf)
 * candidate = tanh(bc + x Kc + (forget h) Rc)
 * h' = (1 - forget) h + forget candidate
 * </pre>
 */
public final class MinimalGatedCell extends ConfiguredLayer<MinimalGatedCell> implements RecurrentCell {

    private static final Option<Integer> UNITS = Option.required("units", OptionKind.WHOLE)
            .check((option, units) -> units > 0 ? null : "expected a positive number of " + option + ", got " + units);
    private static final Option<Initializer> BIAS = Option.of("bias_initializer", OptionKind.INITIALIZER,
            Initializer.ZEROS);

    public static final OptionSet OPTIONS = OptionSet.of("MinimalGatedCell", UNITS, BIAS);

    public MinimalGatedCell(Configuration configuration) {
        super(configuration);
    }

    public static MinimalGatedCell units(int units) {
        return new MinimalGatedCell(Configuration.of(OPTIONS).with(UNITS, units));
    }

    @Override
    protected MinimalGatedCell of(Configuration configuration) {
        return new MinimalGatedCell(configuration);
    }

    public MinimalGatedCell biasInitializer(Initializer initializer) {
        return with(BIAS, initializer);
    }

    public int units() {
        return get(UNITS);
    }

    public Initializer biasInitializer() {
        return get(BIAS);
    }

    /** h, which is also what a step returns. */
    @Override
    public List<Integer> stateSizes() {
        return List.of(units());
    }
}
