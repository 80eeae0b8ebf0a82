package dev.gatun.layers.type.elementwise;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Applies a function number by number, row after row of the result. */
final class ElementwiseOperation implements Operation {

    private static final int MOST_ARGUMENTS = 3;

    private final Function function;
    private final List<ElementwiseArgument> arguments = new ArrayList<>();
    private final Value output;
    private final Grid grid;
    private RowsView y;
    private RowsView dy;

    ElementwiseOperation(PlanContext context, Elementwise layer, Shape shape) {
        this.function = layer.function();
        Iterator<Value> values = context.arguments().inputs().iterator();
        for (int place = 0; place < function.arity(); place++) {
            Optional<Double> number = layer.arguments().isEmpty() ? Optional.empty() : layer.arguments().get(place);
            arguments.add(number.isPresent()
                    ? ElementwiseArgument.of(number.get())
                    : ElementwiseArgument.of(values.next()));
        }
        while (arguments.size() < MOST_ARGUMENTS) {
            arguments.add(ElementwiseArgument.of(0));
        }
        this.output = Formula.hasSlope(function) ? context.output("", shape) : context.constantOutput(shape);
        this.grid = new Grid(output);
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        y = output.rows(memory.workspace());
        boolean goesBack = output.requiresGradient() && output.hasGradient();
        dy = goesBack ? output.gradient(memory.workspace()) : null;
        for (ElementwiseArgument argument : arguments) {
            argument.bind(memory.workspace(), goesBack);
        }
    }

    @Override
    public void resize() {
        grid.resize();
        for (int i = 0; i < arguments.size(); i++) {
            arguments.get(i).resize();
        }
    }

    private void begin(int row) {
        int lead = row / grid.size(0);
        for (int i = 0; i < arguments.size(); i++) {
            arguments.get(i).begin(row % grid.size(0), lead / grid.size(2), lead % grid.size(2));
        }
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            begin(row);
            for (int column = 0; column < output.columns(); column++) {
                y.segment().set(JAVA_FLOAT, y.at(row) + (long) column * Float.BYTES,
                        Formula.value(function, number(0, column), number(1, column), number(2, column)));
            }
        }
    }

    private float number(int argument, int column) {
        return arguments.get(argument).number(column);
    }

    @Override
    public void backward(RunContext run) {
        for (int argument = 0; dy != null && argument < arguments.size(); argument++) {
            if (arguments.get(argument).wantsGradient()) {
                arguments.get(argument).beginGradient();
                for (int row = 0; row < output.rows(); row++) {
                    begin(row);
                    give(argument, row);
                }
            }
        }
    }

    private void give(int argument, int row) {
        for (int column = 0; column < output.columns(); column++) {
            long at = (long) column * Float.BYTES;
            float slope = Formula.slope(function, number(0, column), number(1, column), number(2, column),
                    y.segment().get(JAVA_FLOAT, y.at(row) + at), argument);
            float part = dy.segment().get(JAVA_FLOAT, dy.at(row) + at);
            // Where nothing changes there is no gradient, whatever stands behind: zero times infinity is no number.
            arguments.get(argument).give(column, slope == 0 ? 0 : part * slope);
        }
    }
}
