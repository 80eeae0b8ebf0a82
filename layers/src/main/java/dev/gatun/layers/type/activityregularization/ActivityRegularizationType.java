package dev.gatun.layers.type.activityregularization;

import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.List;

/** What is known of {@link ActivityRegularization}; the penalty is that of any layer with an activity regularizer. */
public final class ActivityRegularizationType extends RowByRowType<ActivityRegularization> {

    /** The type. */
    public ActivityRegularizationType() {
        super(new ActivityRegularization(Configuration.of(ActivityRegularization.OPTIONS)));
    }

    @Override
    public BuiltLayer build(ActivityRegularization layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("ActivityRegularization", name, Passage::new, mode -> true);
    }

    @Override
    public List<String> onnx(ActivityRegularization layer, OnnxCall call) {
        return List.of(call.input());
    }
}
