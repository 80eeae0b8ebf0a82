package dev.gatun.tests.attack.damage;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens to tables on their way through other programs. */
final class TableDamage {

    private static final List<String> CELLS = List.of("", " ", "NaN", "nan", "inf", "-Infinity", "1e999", "1e-999",
            "1,5", "1.234,5", "\"1,5\"", "\"", "\"\"\"", "'", "-", "--5", "0x1F", "1_000", "１２", "NULL", "null", "None",
            "#DIV/0!", "=A1+B1", "12:30", "2020-13-45", "2020-01-01", "31.12.2020", "1e308", "-1e308", "3.5f", "1d",
            "99999999999999999999999999", "\u0000", "\ud83d\ude00", "a\nb", "\r", "\t", "true");

    private TableDamage() {}

    static byte[] of(byte[] sound, Random random) {
        if (random.nextInt(3) == 0) {
            return Damage.any(sound, random);
        }
        List<String> lines = new ArrayList<>(Arrays.asList(new String(sound, StandardCharsets.UTF_8).split("\\R")));
        Charset charset = StandardCharsets.UTF_8;
        String end = "\n";
        switch (random.nextInt(12)) {
            case 0 -> Collections.reverse(lines.subList(1, lines.size()));
            case 1 -> Collections.shuffle(lines, random);
            case 2 -> lines.addAll(line(lines, random), lines.subList(0, 1 + random.nextInt(lines.size())));
            case 3 -> lines.subList(1, 1 + random.nextInt(lines.size())).clear();
            case 4 -> lines.replaceAll(line -> line.replace(',', ';'));
            case 5 -> charset = random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE;
            case 6 -> end = random.nextBoolean() ? "\r" : "\n\n";
            case 7 -> lines.set(0, "\uFEFF" + lines.get(0));
            case 8 -> lines.set(line(lines, random), ",".repeat(1 + random.nextInt(5_000)));
            case 9 -> lines.set(line(lines, random), "x".repeat(1 << random.nextInt(22)));
            default -> {
                for (int cells = 1 + random.nextInt(3); cells > 0; cells--) {
                    cell(lines, random);
                }
            }
        }
        return String.join(end, lines).getBytes(charset);
    }

    private static void cell(List<String> lines, Random random) {
        int at = line(lines, random);
        String[] cells = lines.get(at).split(",", -1);
        cells[random.nextInt(cells.length)] = CELLS.get(random.nextInt(CELLS.size()));
        lines.set(at, String.join(",", cells));
    }

    private static int line(List<String> lines, Random random) {
        return random.nextInt(lines.size());
    }
}
