package dev.gatun.tests.rebuilt;

import dev.gatun.layers.GatedCell;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.KernelCell;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import java.util.Map;
import java.util.function.Function;

/** Cells, and stacks of them. */
final class Cells {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "LSTMCell", options -> gated(LstmCell.units(options.whole("units")), options)
                    .unitForgetBias(options.flag("unit_forget_bias")),
            "GRUCell", options -> gated(GruCell.units(options.whole("units")), options)
                    .resetAfter(options.flag("reset_after")),
            "SimpleRNNCell", options -> cell(SimpleRnnCell.units(options.whole("units")), options),
            "StackedRNNCells", options -> StackedRnnCells.of(options.layers("cells")));

    private Cells() {}

    private static <C extends GatedCell<C>> C gated(C cell, Options options) {
        return cell(cell, options).recurrentActivation(options.text("recurrent_activation"));
    }

    private static <C extends KernelCell<C>> C cell(C cell, Options options) {
        options.passOver("seed");
        return Kernels.kernel(cell, options)
                .activation(options.text("activation"))
                .recurrentInitializer(options.initializer("recurrent_initializer"))
                .recurrentRegularizer(options.regularizer("recurrent_regularizer"))
                .recurrentConstraint(options.constraint("recurrent_constraint"))
                .dropout(options.number("dropout"))
                .recurrentDropout(options.number("recurrent_dropout"));
    }
}
