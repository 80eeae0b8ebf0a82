package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link Averaging}. */
public final class AveragingType extends LayerType<Averaging> {

    public AveragingType() {
        super(new Averaging(Configuration.of(Averaging.OPTIONS)));
    }

    @Override
    public BuiltLayer build(Averaging layer, String name, CallArguments<Shape> shapes) {
        return new Built();
    }

    @Override
    public MaskRule masks(Averaging layer) {
        return MaskRule.COMBINE;
    }

    @Override
    public Stepping stepping(Averaging layer) {
        return new Stepping.WholeSequence("reads several sequences");
    }

    private record Built() implements BuiltLayer {

        @Override
        public List<WeightSpec> weights() {
            return List.of();
        }

        @Override
        public List<Shape> outputShapes(CallArguments<Shape> shapes) {
            return List.of(shapes.input());
        }

        @Override
        public Operation operation(PlanContext context) {
            throw new UnsupportedOperationException("only wired, to see its mask");
        }
    }
}
