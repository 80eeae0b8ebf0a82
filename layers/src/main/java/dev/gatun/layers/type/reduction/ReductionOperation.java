package dev.gatun.layers.type.reduction;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Reduction.Function;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * Makes one number of those along some axes. Sums are taken in double, axis after axis from the first index to the last, and
 * rounded once. Of equal largest or smallest numbers each gets the same part of the gradient.
 */
final class ReductionOperation implements Operation {

    private final Function function;
    private final Value input;
    private final Value output;
    private final Grid source;
    private final Grid target;
    /** For each of the four places where its axis stands in the output; -1 if it ends. */
    private final int[] places = new int[Grid.AXES];
    private final int[] kept = new int[Grid.AXES];
    private final int[] index = new int[Grid.AXES];
    private RowsView x;
    private RowsView y;
    private RowsView dy;
    private RowsView dx;
    private boolean add;

    /** @param reduced for each axis of the input whether it ends */
    ReductionOperation(PlanContext context, Function function, boolean[] reduced, Shape shape) {
        this.function = function;
        this.input = context.arguments().input();
        boolean hasSlope = function != Function.ANY && function != Function.ALL;
        this.output = hasSlope ? context.output("", shape) : context.constantOutput(shape);
        this.source = new Grid(input);
        this.target = new Grid(output);
        boolean keeps = shape.rank() == reduced.length;
        for (int place = 0; place < places.length; place++) {
            places[place] = -1;
        }
        int axis = 0;
        for (int own = 0; own < reduced.length; own++) {
            int place = Grid.place(own, reduced.length);
            if (!reduced[own]) {
                places[place] = Grid.place(keeps ? own : axis, shape.rank());
                axis++;
            }
        }
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        if (input.requiresGradient() && output.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            dx = input.gradient(memory.workspace());
            add = input.claimGradient();
        }
    }

    @Override
    public void resize() {
        source.resize();
        target.resize();
        for (int place = 0; place < Grid.AXES; place++) {
            kept[place] = places[place] < 0 ? 1 : source.size(place);
        }
    }

    @Override
    public void forward(RunContext run) {
        eachKept(false);
    }

    @Override
    public void backward(RunContext run) {
        if (dy != null) {
            if (!add) {
                RowCopy.clear(dx, input.rows(), input.columns());
            }
            eachKept(true);
        }
    }

    /** Every number of the output, by the indices of the axes that stay. */
    private void eachKept(boolean back) {
        for (index[0] = 0; index[0] < kept[0]; index[0]++) {
            for (index[1] = 0; index[1] < kept[1]; index[1]++) {
                for (index[2] = 0; index[2] < kept[2]; index[2]++) {
                    for (index[3] = 0; index[3] < kept[3]; index[3]++) {
                        one(back);
                    }
                }
            }
        }
    }

    private void one(boolean back) {
        long from = 0;
        long to = 0;
        for (int place = 0; place < Grid.AXES; place++) {
            if (places[place] >= 0) {
                from += index[place] * source.bytes(place);
                to += index[place] * target.bytes(places[place]);
            }
        }
        if (back) {
            give(from, dy.segment().get(JAVA_FLOAT, dy.at(0) + to), y.segment().get(JAVA_FLOAT, y.at(0) + to));
        } else {
            y.segment().set(JAVA_FLOAT, y.at(0) + to, reduced(from));
        }
    }

    private int size(int place) {
        return places[place] < 0 ? source.size(place) : 1;
    }

    private int count() {
        return size(1) * size(2) * size(3);
    }

    private long offset(int outer, int inner, int column) {
        return outer * source.bytes(1) + inner * source.bytes(2) + column * source.bytes(3);
    }

    private float reduced(long from) {
        double made = switch (function) {
            case MEAN, SUM, ANY -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
            case ALL -> 1;
        };
        for (int outer = 0; outer < size(1); outer++) {
            for (int inner = 0; inner < size(2); inner++) {
                for (int column = 0; column < size(3); column++) {
                    float number = source.number(x, x.at(0) + from + offset(outer, inner, column));
                    made = switch (function) {
                        case MEAN, SUM -> made + number;
                        case MAX -> Math.max(made, number);
                        case MIN -> Math.min(made, number);
                        case ANY -> number != 0 ? 1 : made;
                        case ALL -> number == 0 ? 0 : made;
                    };
                }
            }
        }
        return (float) (function == Function.MEAN ? made / count() : made);
    }

    private void give(long from, float gradient, float made) {
        boolean chooses = function == Function.MAX || function == Function.MIN;
        int shared = function == Function.SUM ? 1 : chooses ? equal(from, made) : count();
        float part = gradient / Math.max(1, shared);
        for (int outer = 0; outer < size(1); outer++) {
            for (int inner = 0; inner < size(2); inner++) {
                for (int column = 0; column < size(3); column++) {
                    long offset = from + offset(outer, inner, column);
                    if (!chooses || x.segment().get(JAVA_FLOAT, x.at(0) + offset) == made) {
                        long at = dx.at(0) + offset;
                        dx.segment().set(JAVA_FLOAT, at, dx.segment().get(JAVA_FLOAT, at) + part);
                    }
                }
            }
        }
    }

    /** How many numbers are the largest or smallest. */
    private int equal(long from, float made) {
        int equal = 0;
        for (int outer = 0; outer < size(1); outer++) {
            for (int inner = 0; inner < size(2); inner++) {
                for (int column = 0; column < size(3); column++) {
                    equal += x.segment().get(JAVA_FLOAT, x.at(0) + from + offset(outer, inner, column)) == made ? 1 : 0;
                }
            }
        }
        return equal;
    }
}
