package dev.gatun.layers.runtime;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;
import java.util.Map;

/**
 * The sizes of a plan's values: the largest ones, and those of the runs that follow.
 *
 * @param graph  what is planned
 * @param inputs in the graph's order
 * @param values all of them, as the graph names them
 */
record PlannedSizes(Graph graph, List<Value> inputs, Map<Graph.Ref, Value> values) {

    /** Whether inputs of these shapes fit what was planned. */
    boolean covers(List<Shape> shapes) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!shapes.get(i).fitsInto(inputs.get(i).largest())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Changes all sizes to those that follow from the inputs'.
     *
     * @return false if they are as before
     * @throws ShapeException if they do not fit what was planned
     */
    boolean resize(List<Shape> shapes) {
        if (areOf(shapes)) {
            return false;
        }
        if (!covers(shapes)) {
            throw new ShapeException("An execution planned for inputs " + largest() + " cannot run at " + shapes
                    + "; ask the model for one of these sizes");
        }
        List<List<Shape>> all = graph.shapes(shapes);
        values.forEach((ref, value) -> value.resize(shape(all.get(ref.step()), ref.output())));
        return true;
    }

    private boolean areOf(List<Shape> shapes) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).shape().equals(shapes.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A mask that a layer makes stands behind its outputs: one number for each step of the first. */
    private static Shape shape(List<Shape> outputs, int output) {
        Shape first = outputs.getFirst();
        return output < outputs.size() ? outputs.get(output) : Shape.of(first.dim(0), first.dim(1));
    }

    /** What was planned for, one shape for each input. */
    List<Shape> largest() {
        return inputs.stream().map(Value::largest).toList();
    }
}
