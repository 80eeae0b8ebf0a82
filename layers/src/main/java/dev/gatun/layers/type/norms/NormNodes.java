package dev.gatun.layers.type.norms;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A normalization as ONNX nodes; opset 14 has an operator for none of them.
 *
 * @param form what is computed
 * @param grid at the shape of the call
 * @param call takes the nodes
 */
record NormNodes(NormForm form, NormGrid grid, OnnxCall call) {

    static NormNodes of(NormForm form, OnnxCall call) {
        return new NormNodes(form, NormGrid.of(form, call.name(), call.arguments().input().shape()), call);
    }

    List<String> outputs() {
        Shape shape = call.arguments().input().shape();
        if (form.groups() == NormForm.NO_GROUPS) {
            List<Long> axes = new ArrayList<>();
            form.axes().forEach(axis -> axes.add((long) (axis < 0 ? axis + shape.rank() : axis)));
            return List.of(affine(normalized(call.input(), axes)));
        }
        boolean ofSteps = grid.boxes().features() == Boxes.ALL;
        long size = shape.dim(ofSteps ? 1 : -1);
        long each = ofSteps ? grid.boxes().steps() : grid.boxes().features();
        long groups = size / each;
        String grouped;
        String back;
        List<Long> axes;
        if (shape.rank() == 2) {
            grouped = call.constants(0, groups, each);
            back = call.constants(0, size);
            axes = List.of(2L);
        } else if (ofSteps) {
            grouped = call.constants(0, groups, each, shape.last());
            back = call.constants(0, size, shape.last());
            axes = List.of(2L, 3L);
        } else {
            grouped = call.constants(0, 0, groups, each);
            back = call.constants(0, 0, size);
            axes = List.of(1L, 3L);
        }
        String normal = normalized(call.node("Reshape", call.input(), grouped), axes);
        return List.of(affine(call.node("Reshape", normal, back)));
    }

    private String normalized(String x, List<Long> axes) {
        if (form.formula() == Formula.LENGTH) {
            String length = call.node("ReduceL2", List.of(x), over(axes));
            return call.node("Div", x, call.node("Max", length, call.constant(1e-12f)));
        }
        String apart = form.formula().needsMean() ? call.node("Sub", x, mean(x, axes)) : x;
        String variance = mean(call.node("Mul", apart, apart), axes);
        String deviation = call.node("Sqrt", call.node("Add", variance, call.constant((float) form.epsilon())));
        return call.node("Div", form.formula().subtractsMean() ? apart : x, deviation);
    }

    private String mean(String x, List<Long> axes) {
        return call.node("ReduceMean", List.of(x), over(axes));
    }

    private static Map<String, OnnxAttribute> over(List<Long> axes) {
        return Map.of("axes", new OnnxAttribute.Wholes(axes), "keepdims", OnnxAttribute.of(1));
    }

    private String affine(String normal) {
        String scaled = form.gamma() == null ? normal : call.node("Mul", normal, weight(form.gamma().name()));
        return form.beta() == null ? scaled : call.node("Add", scaled, weight(form.beta().name()));
    }

    /** What each step has one of stands as a column. */
    private String weight(String name) {
        Shape shape = grid.weights().shape();
        return grid.weights().hasSteps() && shape.rank() == 1
                ? call.initializer(name, Shape.of(shape.last(), 1), call.weight(name).toArray())
                : call.initializer(name);
    }
}
