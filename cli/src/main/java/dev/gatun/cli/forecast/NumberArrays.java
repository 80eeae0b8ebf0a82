package dev.gatun.cli.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Arrays of numbers in the JSON of a model's metadata. */
final class NumberArrays {

    private NumberArrays() {}

    static void put(ObjectNode node, String name, double[] numbers) {
        ArrayNode array = node.putArray(name);
        for (double number : numbers) {
            array.add(number);
        }
    }

    /** None if there is no such array. */
    static double[] get(JsonNode node, String name) {
        double[] numbers = new double[node.path(name).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(name).get(i).asDouble();
        }
        return numbers;
    }
}
