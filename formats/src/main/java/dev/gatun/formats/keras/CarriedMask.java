package dev.gatun.formats.keras;

import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.model.ModelNodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Holds the masks that Keras computes against those that values of the wired model carry. */
final class CarriedMask {

    private static final String MASK_VALUE = "mask_value";
    private static final String AXIS = "axis";

    /** Of masks made of masks made of masks; one that is made of more is computed. */
    private static final int DEEPEST = 200;

    private final ModelNodes nodes;
    private final MaskOrigins origins = new MaskOrigins();
    private final Map<KerasMask, Map<LayerCall, Boolean>> compared = new IdentityHashMap<>();

    /** @param nodes of the model */
    CarriedMask(ModelNodes nodes) {
        this.nodes = nodes;
    }

    /** Whether a value carries this mask. */
    boolean isOf(KerasMask mask, Node value) {
        return isOf(mask, value, 0);
    }

    private boolean isOf(KerasMask mask, Node value, int depth) {
        LayerCall maker = origins.maker(value);
        if (maker == null || maker.arguments().inputs().isEmpty() || maker.layer() instanceof StepMask
                || depth > DEEPEST) {
            return false;
        }
        Map<LayerCall, Boolean> before = compared.computeIfAbsent(mask, none -> new IdentityHashMap<>());
        Boolean known = before.get(maker);
        if (known == null) {
            known = makes(mask, maker, depth + 1);
            before.put(maker, known);
        }
        return known;
    }

    private boolean makes(KerasMask mask, LayerCall maker, int depth) {
        List<Node> values = maker.arguments().inputs();
        return switch (MaskOrigins.rule(maker)) {
            case PRODUCE -> mask instanceof KerasMask.Compared one && compares(one, maker);
            case COMBINE_ALL -> areOf(parts(mask, values.size()), values, depth);
            case COMBINE -> mask instanceof KerasMask.Joined joined && joins(joined, maker, depth);
            case PASS, CONSUME, DROP, REFUSE -> false;
        };
    }

    /** Its configuration says what steps are compared with, or it compares ids with 0. */
    private boolean compares(KerasMask.Compared mask, LayerCall maker) {
        List<LayerCall> calls = nodes.calls().getOrDefault(String.valueOf(mask.source().get(0)), List.of());
        int call = (int) ((Number) mask.source().get(1)).doubleValue();
        if (call >= calls.size()) {
            return false;
        }
        Node read = maker.arguments().input();
        Object with = maker.layer().config().get(MASK_VALUE);
        return read.call() == calls.get(call) && read.output() == ((Number) mask.source().get(2)).doubleValue()
                && mask.ofRows() == with instanceof Number
                && (float) mask.value() == (with instanceof Number number ? number.floatValue() : 0);
    }

    /** So many masks of which one after the other was joined to those before. */
    private static List<KerasMask> parts(KerasMask mask, int count) {
        List<KerasMask> parts = new ArrayList<>();
        KerasMask rest = mask;
        while (parts.size() < count - 1 && rest instanceof KerasMask.Either either) {
            parts.addFirst(either.second());
            rest = either.first();
        }
        parts.addFirst(rest);
        return parts;
    }

    private boolean areOf(List<KerasMask> masks, List<Node> values, int depth) {
        boolean same = masks.size() == values.size();
        for (int place = 0; same && place < values.size(); place++) {
            same = isOf(masks.get(place), values.get(place), depth);
        }
        return same;
    }

    /** Of a value without a mask all steps count. */
    private boolean joins(KerasMask.Joined mask, LayerCall maker, int depth) {
        List<Node> values = maker.arguments().inputs();
        boolean same = mask.isMask() && mask.parts().size() == values.size()
                && maker.layer().config().get(AXIS) instanceof Number axis && axis.doubleValue() == mask.axis();
        for (int place = 0; same && place < values.size(); place++) {
            KerasMask own = mask.parts().get(place).mask();
            same = own == null ? origins.maker(values.get(place)) == null : isOf(own, values.get(place), depth);
        }
        return same;
    }
}
