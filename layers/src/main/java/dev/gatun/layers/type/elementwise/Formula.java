package dev.gatun.layers.type.elementwise;

import dev.gatun.layers.Elementwise.Function;

/**
 * The functions of single numbers, and their slopes. What Java has no float form of is computed in double by {@link StrictMath},
 * which gives the same number on every machine.
 */
final class Formula {

    private Formula() {}

    /** Whether the result changes with the arguments but in jumps. */
    static boolean hasSlope(Function function) {
        return switch (function) {
            case STOP_GRADIENT, SIGN, FLOOR, CEIL, ROUND, TRUNCATE, ZEROS_LIKE, ONES_LIKE, IS_TRUE, LOGICAL_NOT,
                    FLOOR_DIVIDE, EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, LOGICAL_AND, LOGICAL_OR,
                    LOGICAL_XOR ->
                false;
            default -> true;
        };
    }

    /** Of fewer arguments the others are not looked at. */
    static float value(Function function, float x, float y, float z) {
        return switch (function) {
            case IDENTITY, STOP_GRADIENT, ACTIVATION -> x;
            case NEGATIVE -> -x;
            case ABSOLUTE -> Math.abs(x);
            case SQUARE -> x * x;
            case SQRT -> (float) Math.sqrt(x);
            case RSQRT -> (float) (1 / Math.sqrt(x));
            case LOG -> (float) StrictMath.log(x);
            case LOG1P -> (float) StrictMath.log1p(x);
            case RECIPROCAL -> 1 / x;
            case SIN -> (float) StrictMath.sin(x);
            case COS -> (float) StrictMath.cos(x);
            case SIGN -> Math.signum(x);
            case FLOOR -> (float) Math.floor(x);
            case CEIL -> (float) Math.ceil(x);
            case ROUND -> (float) Math.rint(x);
            case TRUNCATE -> (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
            case ZEROS_LIKE -> 0;
            case ONES_LIKE -> 1;
            case IS_TRUE -> truth(x != 0);
            case LOGICAL_NOT -> truth(x == 0);
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case FLOOR_DIVIDE -> (float) Math.floor(x / y);
            case POWER -> (float) StrictMath.pow(x, y);
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
            case EQUAL -> truth(x == y);
            case NOT_EQUAL -> truth(x != y);
            case GREATER -> truth(x > y);
            case GREATER_EQUAL -> truth(x >= y);
            case LESS -> truth(x < y);
            case LESS_EQUAL -> truth(x <= y);
            case LOGICAL_AND -> truth(x != 0 && y != 0);
            case LOGICAL_OR -> truth(x != 0 || y != 0);
            case LOGICAL_XOR -> truth(x != 0 != (y != 0));
            case WHERE -> x != 0 ? y : z;
            case CLIP -> Math.min(Math.max(x, y), z);
        };
    }

    private static float truth(boolean holds) {
        return holds ? 1 : 0;
    }

    /**
     * How fast the value changes with an argument. Of a largest or smallest of equal numbers it is the first that does.
     *
     * @param value    {@link #value}
     * @param argument 0 for x, 1 for y, 2 for z
     */
    static float slope(Function function, float x, float y, float z, float value, int argument) {
        return switch (function) {
            case IDENTITY, ADD -> 1;
            case NEGATIVE -> -1;
            case ABSOLUTE -> Math.signum(x);
            case SQUARE -> 2 * x;
            case SQRT -> 0.5f / value;
            case RSQRT -> -0.5f * value / x;
            case LOG -> 1 / x;
            case LOG1P -> 1 / (1 + x);
            case RECIPROCAL -> -value * value;
            case SIN -> (float) StrictMath.cos(x);
            case COS -> (float) -StrictMath.sin(x);
            case SUBTRACT -> argument == 0 ? 1 : -1;
            case MULTIPLY -> argument == 0 ? y : x;
            case DIVIDE -> argument == 0 ? 1 / y : -value / y;
            case POWER -> power(x, y, value, argument);
            case MAXIMUM -> truth(argument == 0 ? x >= y : x < y);
            case MINIMUM -> truth(argument == 0 ? x <= y : x > y);
            case WHERE -> truth(argument == (x != 0 ? 1 : 2));
            case CLIP -> clip(x, y, z, argument);
            default -> 0;
        };
    }

    private static float power(float x, float y, float value, int argument) {
        if (argument == 0) {
            return y == 0 ? 0 : y * (float) StrictMath.pow(x, y - 1);
        }
        return x > 0 ? value * (float) StrictMath.log(x) : 0;
    }

    private static float clip(float x, float y, float z, int argument) {
        return switch (argument) {
            case 0 -> truth(x >= y && x <= z);
            case 1 -> truth(x < y && y <= z);
            default -> truth(Math.max(x, y) > z);
        };
    }
}
