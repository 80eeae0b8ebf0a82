package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * An attention in a model, without projections.
 *
 * @param form     how it goes
 * @param kind     class of the layer, for messages
 * @param name     of the layer, for messages
 * @param features of queries and keys
 */
record BuiltAttention(AttentionForm form, String kind, String name, int features) implements BuiltLayer {

    private static final int RANK = 3;

    BuiltAttention(AttentionForm form, String kind, String name, CallArguments<Shape> shapes) {
        this(form, kind, name, InputShapes.features(kind, name, query(form, kind, name, shapes)));
    }

    private static Shape query(AttentionForm form, String kind, String name, CallArguments<Shape> shapes) {
        requireSequences(form, kind, name, shapes);
        return shapes.input();
    }

    private static void requireSequences(
            AttentionForm form, String kind, String name, CallArguments<Shape> shapes) {
        String who = kind + " '" + name + "' ";
        List<Shape> all = shapes.inputs();
        int most = form.projected() ? RANK + 1 : RANK;
        if (all.size() < 2 || all.size() > most || !shapes.initialState().isEmpty()) {
            throw new ShapeException(who + "takes query and value, and a key if it is given, got "
                    + shapes.all().size() + " values: " + shapes.all() + "; of a sequence to itself: on(x, x)");
        }
        for (Shape shape : all) {
            if (shape.rank() != RANK) {
                throw new ShapeException(who + "takes sequences [batch, time, features], got shape " + shape
                        + "; reshape it");
            }
        }
    }

    /** What is read of a call, by position: query, value, then the key, which is the value if it is not given. */
    static <T> T key(List<T> read) {
        return read.size() > 2 ? read.get(2) : read.get(1);
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        if (form.fit() == AttentionForm.Fit.ADDITIVE && form.scaled()) {
            specs.add(new WeightSpec("scale", Shape.of(features), WeightLayout.plain(1, features),
                    Initializer.GLOROT_UNIFORM));
        } else if (form.scaled()) {
            specs.add(number("scale"));
        }
        if (form.fit() == AttentionForm.Fit.CONCAT) {
            specs.add(number("concat_score_weight"));
        }
        return specs;
    }

    private static WeightSpec number(String name) {
        return new WeightSpec(name, Shape.of(), WeightLayout.plain(1, 1), Initializer.ONES);
    }

    @Override
    public ValueType reads(int input) {
        return input == RANK ? ValueType.MASK : ValueType.FLOAT32;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        requireSequences(form, kind, name, shapes);
        List<Shape> all = shapes.inputs();
        Shape query = all.get(0);
        Shape value = all.get(1);
        Shape key = key(all);
        InputShapes.requireFeatures(kind, name, query, features);
        requireSame("features of query and key", query.last() * form.valueHeads(), key.last() * form.queryHeads(),
                all);
        requireSame("steps of value and key", value.dim(1), key.dim(1), all);
        InputShapes.features(kind, name, value);
        if (all.size() > RANK) {
            requireMask(query, value, all.get(RANK));
        }
        Shape output = query.with(-1, value.last() * form.shared());
        if (!form.returnsScores()) {
            return List.of(output);
        }
        return List.of(output, form.projected()
                ? Shape.of(query.dim(0), form.queryHeads(), query.dim(1), value.dim(1))
                : Shape.of(query.dim(0), query.dim(1), value.dim(1)));
    }

    private void requireSame(String what, long one, long other, List<Shape> all) {
        if (one != other && one >= 0 && other >= 0) {
            throw new ShapeException(kind + " '" + name + "' takes as many " + what + ", got shapes " + all
                    + "; query [batch, time, features], value, key");
        }
    }

    private void requireMask(Shape query, Shape value, Shape mask) {
        if (!fits(mask.dim(1), query.dim(1)) || !fits(mask.dim(2), value.dim(1))) {
            throw new ShapeException(kind + " '" + name + "' has an attention mask of shape " + mask
                    + " for a query of " + query + " and values of " + value
                    + "; give [batch, time, keys], the steps of the query and those of the value");
        }
    }

    private static boolean fits(long size, long steps) {
        return size == 1 || size == steps || size == Shape.UNKNOWN || steps == Shape.UNKNOWN;
    }

    @Override
    public Operation operation(PlanContext context) {
        return new AttentionOperation(form, context,
                outputShapes(context.arguments().map(each -> each.shape())));
    }
}
