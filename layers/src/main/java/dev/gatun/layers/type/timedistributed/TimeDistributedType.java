package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Law;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Parts;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of {@link TimeDistributed}: that of the layer within, for every row. */
public final class TimeDistributedType extends LayerType<TimeDistributed> {

    private final LayerTypes types;

    /** A type that holds no layers yet. */
    public TimeDistributedType() {
        this(new LayerTypes(List.of()));
    }

    private TimeDistributedType(LayerTypes types) {
        super(new TimeDistributed(Configuration.of(TimeDistributed.OPTIONS)));
        this.types = types;
    }

    @Override
    public LayerType<TimeDistributed> among(LayerTypes all) {
        return new TimeDistributedType(all);
    }

    @Override
    public BuiltLayer build(TimeDistributed layer, String name, CallArguments<Shape> shapes) {
        requireSequence(name, shapes);
        return new BuiltTimeDistributed(name, types.of(layer.layer()).build(layer.layer(), name, shapes));
    }

    /** The layer within, which takes rows; a call of a shared layer may still be given something else. */
    private record BuiltTimeDistributed(String name, BuiltLayer inner) implements BuiltLayer {
        @Override
        public List<WeightSpec> weights() {
            return inner.weights();
        }

        @Override
        public List<Shape> outputShapes(CallArguments<Shape> shapes) {
            requireSequence(name, shapes);
            return inner.outputShapes(shapes);
        }

        @Override
        public boolean isIdentity(ExecutionMode mode) {
            return inner.isIdentity(mode);
        }

        @Override
        public Operation operation(PlanContext context) {
            return inner.operation(context);
        }
    }

    /** A layer that works row by row sees the rows of all steps where they lie; any other one sees each step as a sample. */
    @Override
    public Optional<Parts> parts(TimeDistributed layer, String name) {
        Layer inner = layer.layer();
        if (!types.of(inner).keptStates(inner).isEmpty()) {
            throw new IllegalArgumentException("TimeDistributed '" + name + "' holds a stateful " + inner.kind()
                    + ", and each step would go on from where the same step of the run before has ended; "
                    + "make it without: stateful(false)");
        }
        boolean seesRows = worksOnRows(inner) && types.of(inner).parts(inner, name).isEmpty();
        return seesRows
                ? Optional.empty()
                : Optional.of(new StepParts(layer, name,
                        types.of(inner).stepping(inner) instanceof Stepping.Recurrent));
    }

    private boolean worksOnRows(Layer inner) {
        return types.of(inner).stepping(inner) instanceof Stepping.RowByRow && !types.of(inner).countsAxes(inner);
    }

    @Override
    public List<LayerType<?>> partTypes() {
        return List.of(new FoldType(), new UnfoldType());
    }

    private static void requireSequence(String name, CallArguments<Shape> shapes) {
        if (shapes.withoutMask().all().size() == 1 && shapes.input().rank() != 3) {
            throw new ShapeException("TimeDistributed '" + name
                    + "' takes a sequence [batch, time, features], got shape "
                    + shapes.input() + "; if it follows an LSTM, let that LSTM return sequences: .returnSequences()");
        }
    }

    @Override
    public MaskRule masks(TimeDistributed layer) {
        return MaskRule.PASS;
    }

    @Override
    public Stepping stepping(TimeDistributed layer) {
        return worksOnRows(layer.layer())
                ? new Stepping.RowByRow()
                : new Stepping.WholeSequence("runs its " + layer.layer().kind() + " over what each step holds");
    }

    @Override
    public Set<Law> laws(TimeDistributed layer) {
        Set<Law> laws = EnumSet.copyOf(types.of(layer.layer()).laws(layer.layer()));
        if (stepping(layer) instanceof Stepping.WholeSequence) {
            laws.remove(Law.STEPS);
        }
        return laws;
    }

    @Override
    public Set<Law> lawsInTraining(TimeDistributed layer) {
        Set<Law> laws = laws(layer);
        laws.retainAll(types.of(layer.layer()).lawsInTraining(layer.layer()));
        return laws;
    }

    @Override
    public String kerasWeights(TimeDistributed layer) {
        return "layer/" + types.of(layer.layer()).kerasWeights(layer.layer());
    }

    @Override
    public List<String> onnx(TimeDistributed layer, OnnxCall call) {
        LayerType<Layer> type = types.of(layer.layer());
        List<String> made = type.onnx(layer.layer(), call);
        // A mask is of the steps within a sample, of which nobody here asks.
        return type.masks(layer.layer()) == MaskRule.PRODUCE ? made.subList(0, made.size() - 1) : made;
    }
}
