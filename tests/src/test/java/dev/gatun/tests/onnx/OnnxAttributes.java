package dev.gatun.tests.onnx;

import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The attributes of a node, of which none may be left unread: an operator does not have others. */
final class OnnxAttributes {

    private final OnnxNode node;
    private final Set<String> unread;

    OnnxAttributes(OnnxNode node) {
        this.node = node;
        this.unread = new HashSet<>(node.attributes().keySet());
    }

    private OnnxAttribute get(String name) {
        unread.remove(name);
        return node.attributes().get(name);
    }

    double number(String name, double otherwise) {
        OnnxAttribute given = get(name);
        return given == null ? otherwise : ((OnnxAttribute.Real) given).value();
    }

    int whole(String name) {
        return (int) ((OnnxAttribute.Whole) get(name)).value();
    }

    int whole(String name, int otherwise) {
        return get(name) == null ? otherwise : whole(name);
    }

    String text(String name, String otherwise) {
        OnnxAttribute given = get(name);
        return given == null ? otherwise : ((OnnxAttribute.Text) given).value();
    }

    int[] wholes(String name) {
        return ((OnnxAttribute.Wholes) get(name)).values().stream().mapToInt(Math::toIntExact).toArray();
    }

    int[] wholes(String name, int... otherwise) {
        return get(name) == null ? otherwise : wholes(name);
    }

    List<Float> numbers(String name) {
        OnnxAttribute given = get(name);
        return given == null ? List.of() : ((OnnxAttribute.Reals) given).values();
    }

    List<String> texts(String name) {
        return ((OnnxAttribute.Texts) get(name)).values();
    }

    OnnxGraph body(String name) {
        return ((OnnxAttribute.Body) get(name)).graph();
    }

    void requireAllRead() {
        OnnxEvaluator.require(unread.isEmpty(), node.operator() + " has no attributes " + unread);
    }
}
