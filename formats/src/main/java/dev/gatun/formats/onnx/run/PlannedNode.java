package dev.gatun.formats.onnx.run;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.operator.Body;
import dev.gatun.formats.onnx.operator.Interruption;
import dev.gatun.formats.onnx.operator.Kept;
import dev.gatun.formats.onnx.operator.Operator;
import dev.gatun.formats.onnx.operator.OperatorCall;
import dev.gatun.formats.tensors.NumberType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A node with what it needs to run.
 *
 * @param node     of the graph
 * @param operator what it does
 * @param opset    the version of operators that the file was written for
 * @param bodies   graphs within it, by attribute
 * @param kept     what it has made of constants
 * @param last     values that nobody reads after it
 */
record PlannedNode(
        ParsedNode node, Operator operator, int opset, Map<String, GraphPlan> bodies, Kept kept, List<String> last) {

    PlannedNode dropping(List<String> values) {
        return new PlannedNode(node, operator, opset, bodies, kept, values);
    }

    /**
     * @throws IllegalArgumentException if values do not fit it: names it and them
     * @throws IllegalStateException    if the memory does not suffice, graphs within it run too often, or the thread was
     *                                  interrupted: names it
     */
    void run(Scope scope) {
        List<NumberArray> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
            inputs.add(name.isEmpty() ? null : scope.get(name));
        }
        List<NumberArray> made = computed(inputs, scope);
        if (made.size() < node.outputs().size()) {
            throw new IllegalArgumentException(node.label() + ": it names " + node.outputs().size()
                    + " outputs and makes " + made.size());
        }
        last.forEach(scope::drop);
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.output(i).isEmpty()) {
                scope.put(node.output(i), made.get(i));
            }
        }
    }

    private List<NumberArray> computed(List<NumberArray> inputs, Scope scope) {
        OperatorCall call = new OperatorCall(node, opset, inputs, attribute -> body(attribute, scope), kept);
        try {
            Interruption.check();
            return operator.kernel().run(call);
        } catch (IllegalArgumentException told) {
            throw new IllegalArgumentException(node.label() + ": " + FormatException.reason(told), told);
        } catch (CancellationException stopped) {
            throw new IllegalStateException(node.label() + ": the thread was interrupted while this node ran", stopped);
        } catch (IllegalStateException told) {
            throw told; // Of a node in a graph within this one, which it names.
        } catch (RuntimeException unfit) {
            // What a file may say is checked where it says more than that the inputs do not fit.
            throw new IllegalArgumentException(node.label() + ": its inputs " + inputs
                    + " do not fit the operator or each other", unfit);
        } catch (OutOfMemoryError | StackOverflowError tooLarge) {
            throw new IllegalStateException(node.label() + ": needs more memory for its inputs " + inputs
                    + " than this JVM has; give it more with -Xmx, or run fewer samples at a time", tooLarge);
        }
    }

    private Body body(String attribute, Scope scope) {
        GraphPlan plan = bodies.get(attribute);
        if (plan == null) {
            throw new IllegalArgumentException("it has no graph '" + attribute + "'");
        }
        return new Body() {
            @Override
            public int inputs() {
                return plan.inputs();
            }

            @Override
            public int outputs() {
                return plan.outputs();
            }

            @Override
            public List<NumberArray> run(List<NumberArray> given) {
                return plan.run(given, scope);
            }

            @Override
            public void countTurn() {
                scope.turns().count(node);
            }

            @Override
            public NumberType type(int output) {
                return plan.type(output);
            }

            @Override
            public int[] shape(int output) {
                return plan.shape(output);
            }
        };
    }
}
