package dev.gatun.cli.model;

import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where numbers enter or leave a model, as files for it name them.
 *
 * @param name       of the tensor
 * @param shape      unknown sizes included; empty if nothing is known
 * @param type       of its numbers, in a word; empty if nothing is known
 * @param isOptional whether it may be left out
 */
public record Port(String name, Optional<Shape> shape, String type, boolean isOptional) {

    /** Its shape, or what there is instead. */
    public String shapeText() {
        return shape.map(Shape::toString).orElse("(of any shape)");
    }

    /** For people. */
    public static String text(List<Port> ports) {
        return ports.stream().map(port -> port.name + " " + port.shapeText()
                + (port.type.isEmpty() ? "" : " " + port.type) + (port.isOptional ? " (may be left out)" : ""))
                .collect(Collectors.joining(", "));
    }
}
