package dev.gatun.layers.onnx;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/** The value of an attribute of a node, of one of ONNX's kinds. */
public sealed interface OnnxAttribute {

    /**
     * A whole number.
     *
     * @param value the number
     */
    record Whole(long value) implements OnnxAttribute {}

    /**
     * A float32.
     *
     * @param value the number
     */
    record Real(float value) implements OnnxAttribute {}

    /**
     * A string.
     *
     * @param value the text
     */
    record Text(String value) implements OnnxAttribute {
        /**
         * Refuses what is missing.
         *
         * @throws NullPointerException naming what is missing
         */
        public Text {
            Arguments.required(value, "OnnxAttribute.Text", "value", "a text");
        }
    }

    /**
     * Several whole numbers.
     *
     * @param values the numbers
     */
    record Wholes(List<Long> values) implements OnnxAttribute {
        /**
         * Keeps a copy of the list.
         *
         * @throws NullPointerException naming what is missing
         */
        public Wholes {
            values = List.copyOf(Arguments.all(values, "OnnxAttribute.Wholes", "values", "whole numbers"));
        }
    }

    /**
     * Several float32.
     *
     * @param values the numbers
     */
    record Reals(List<Float> values) implements OnnxAttribute {
        /**
         * Keeps a copy of the list.
         *
         * @throws NullPointerException naming what is missing
         */
        public Reals {
            values = List.copyOf(Arguments.all(values, "OnnxAttribute.Reals", "values", "numbers"));
        }
    }

    /**
     * Several strings.
     *
     * @param values the texts
     */
    record Texts(List<String> values) implements OnnxAttribute {
        /**
         * Keeps a copy of the list.
         *
         * @throws NullPointerException naming what is missing
         */
        public Texts {
            values = List.copyOf(Arguments.all(values, "OnnxAttribute.Texts", "values", "texts"));
        }
    }

    /**
     * A graph that an operator runs, as the body of a loop.
     *
     * @param graph its nodes
     */
    record Body(OnnxGraph graph) implements OnnxAttribute {
        /**
         * Refuses what is missing.
         *
         * @throws NullPointerException naming what is missing
         */
        public Body {
            Arguments.required(graph, "OnnxAttribute.Body", "graph", "a graph");
        }
    }

    /**
     * A whole number.
     *
     * @param value the number
     * @return of ONNX's kind INT
     */
    static OnnxAttribute of(long value) {
        return new Whole(value);
    }

    /**
     * A number.
     *
     * @param value the number
     * @return of ONNX's kind FLOAT
     */
    static OnnxAttribute of(float value) {
        return new Real(value);
    }

    /**
     * A text.
     *
     * @param value the text
     * @return of ONNX's kind STRING
     */
    static OnnxAttribute of(String value) {
        return new Text(Arguments.required(value, "OnnxAttribute.of", "value", "a text"));
    }

    /**
     * Several whole numbers.
     *
     * @param values the numbers
     * @return of ONNX's kind INTS
     */
    static OnnxAttribute all(long... values) {
        Arguments.required(values, "OnnxAttribute.all", "values", "whole numbers");
        return new Wholes(Arrays.stream(values).boxed().toList());
    }
}
