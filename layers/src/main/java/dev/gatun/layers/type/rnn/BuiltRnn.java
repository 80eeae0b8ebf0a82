package dev.gatun.layers.type.rnn;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.cell.BuiltCell;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.type.recurrent.CellLoop;
import dev.gatun.layers.type.recurrent.LoopedCell;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * An Rnn over a cell of a user's own.
 *
 * @param form   what it takes and gives
 * @param inputs how wide the steps are for which the cell was built
 * @param cell   what makes the steps
 */
record BuiltRnn(RnnForm form, int inputs, BuiltCell cell) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return cell.weights();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        form.require(shapes);
        InputShapes.requireFeatures("RNN", form.name(), shapes.input(), inputs);
        return form.outputs(shapes.input());
    }

    @Override
    public Operation operation(PlanContext context) {
        return new CellLoop(new LoopedCell(cell, form.cell().stateSizes(), form.cell().stateNames(),
                form.cell().outputSize(), form.layer().returnsSequences(), form.layer().returnsState(),
                form.layer().goesBackwards(), form.layer().zeroesOutputForMask()), context);
    }
}
