package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import java.util.ArrayList;
import java.util.List;

/** Orders of axes that layers want. */
final class Layouts {

    private Layouts() {}

    /** The axes between samples and features as one. */
    static Axes steps(Axes axes) {
        return new Axes(List.of(axes.get(0), MovementNodes.merged(axes, 1, axes.rank() - 1), axes.last()));
    }

    /** These factors as the last axis, the others before it as they are. */
    static Axes behind(Axes axes, List<Factor> last) {
        List<List<Factor>> lists = new ArrayList<>();
        for (List<Factor> list : axes.lists()) {
            List<Factor> left = new ArrayList<>(Axes.plain(list));
            left.removeAll(last);
            if (!left.isEmpty()) {
                lists.add(left);
            }
        }
        lists.add(last);
        return new Axes(lists);
    }
}
