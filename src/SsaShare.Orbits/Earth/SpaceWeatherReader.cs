using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Orbits;

/// <summary>Reads CelesTrak's SpaceWeather-All and SW-Last5Years (text in columns) and SW-All.csv: text in, table or fault out. Total: no text makes it throw.</summary>
public static class SpaceWeatherReader
{
    private const double LeastFlux = 40, GreatestFlux = 1_000;
    private const int GreatestAp = 400;

    private static readonly (string Name, SpaceWeatherQuality Quality)[] Sections =
    [
        ("OBSERVED", SpaceWeatherQuality.Observed), ("DAILY_PREDICTED", SpaceWeatherQuality.DailyPredicted),
        ("MONTHLY_PREDICTED", SpaceWeatherQuality.MonthlyPredicted), ("MONTHLY_FIT", SpaceWeatherQuality.MonthlyPredicted),
    ];

    /// <param name="text">The whole file.</param>
    /// <param name="name">Its name, for error messages.</param>
    /// <param name="weather">Null where the file was not read.</param>
    /// <param name="fault">What is wrong, with line and field; null where nothing is.</param>
    public static bool TryRead(string text, string name, [NotNullWhen(true)] out SpaceWeather? weather, [NotNullWhen(false)] out FileFault? fault)
    {
        (weather, fault) = (null, null);
        var lines = new TextLines(text);
        var days = new List<SpaceWeatherDay>();
        fault = lines[1].TrimStart('\uFEFF').StartsWith("DATE,", StringComparison.OrdinalIgnoreCase) ? ReadCsv(lines, name, days) : ReadColumns(lines, name, days);
        if (fault is null && days.Count == 0) fault = new FileFault(name, 0, "days", "there are none", "fetch the file again");
        if (fault is not null) return false;
        weather = new SpaceWeather([.. days]);
        return true;
    }

    private static FileFault? ReadColumns(TextLines lines, string name, List<SpaceWeatherDay> days)
    {
        int section = -1;
        bool isKnown = false;
        for (int number = 1; number <= lines.Count; number++)
        {
            string line = lines[number], trimmed = line.Trim();
            if (trimmed.StartsWith("BEGIN ", StringComparison.Ordinal))
            {
                section = Array.FindIndex(Sections, known => known.Name == trimmed[6..]);
                isKnown |= section >= 0;
            }
            else if (trimmed.StartsWith("END ", StringComparison.Ordinal))
            {
                if (section >= 0 && trimmed[4..] != Sections[section].Name) return Fault(name, number, "END", $"expected END {Sections[section].Name}");
                section = -1;
            }
            else if (section >= 0 && trimmed.Length > 0)
            {
                var cells = new Cells(name, number, line);
                var day = cells.Day();
                int[] ap = [.. Enumerable.Range(0, 8).Select(i => cells.Ap($"ap {i + 1}", 47 + 4 * i))];
                int daily = cells.Ap("Ap", 79);
                var (adjusted, centered, last, observed) = (cells.Flux("F10.7 adjusted", 93, 98), cells.Flux("F10.7 observed, centred 81 days", 120, 125), cells.Flux("F10.7 observed, last 81 days", 126, 131), cells.Flux("F10.7 observed", 114, 119));
                if (cells.Fault is not null) return cells.Fault;
                var kind = Sections[section].Quality;
                if (Append(name, number, days, new SpaceWeatherDay(day, kind == SpaceWeatherQuality.MonthlyPredicted ? [] : ap, daily, observed, adjusted, centered, last, kind)) is { } fault) return fault;
            }
        }
        if (!isKnown) return new FileFault(name, 1, "file", "it is no file of space weather that is known here", "give CelesTrak's SpaceWeather-All (text) or SW-All.csv");
        return section >= 0 ? Fault(name, lines.Count, "END", $"the file ends within {Sections[section].Name}") : null;
    }

    private static FileFault? ReadCsv(TextLines lines, string name, List<SpaceWeatherDay> days)
    {
        string[] names = [.. lines[1].TrimStart('\uFEFF').Split(',').Select(word => word.Trim())];
        string[] wanted = ["DATE", "AP1", "AP2", "AP3", "AP4", "AP5", "AP6", "AP7", "AP8", "AP_AVG", "F10.7_OBS", "F10.7_ADJ", "F10.7_DATA_TYPE", "F10.7_OBS_CENTER81", "F10.7_OBS_LAST81"];
        int[] columns = [.. wanted.Select(word => Array.IndexOf(names, word))];
        if (Array.IndexOf(columns, -1) is var missing and >= 0) return Fault(name, 1, wanted[missing], "the column is missing");
        for (int number = 2; number <= lines.Count; number++)
        {
            string line = lines[number];
            if (line.AsSpan().Trim().IsEmpty) continue;
            string[] cells = line.Split(',');
            if (cells.Length != names.Length) return Fault(name, number, "columns", $"expected {names.Length}, got {cells.Length}");
            if (!DateOnly.TryParseExact(cells[columns[0]].Trim(), "yyyy-MM-dd", out var day)) return Fault(name, number, "DATE", "expected yyyy-mm-dd");
            int[] ap = new int[9];
            bool hasAp = true;
            for (int i = 0; i < 9; i++)
            {
                string cell = cells[columns[1 + i]];
                if (cell.AsSpan().Trim().IsEmpty) hasAp = false;
                else if (!TextLines.TryInteger(cell, out ap[i]) || ap[i] is < 0 or > GreatestAp) return Fault(name, number, wanted[1 + i], "expected 0 to 400");
            }
            double[] flux = new double[5];
            foreach (int i in (ReadOnlySpan<int>)[0, 1, 3, 4])
                if (!TextLines.TryNumber(cells[columns[10 + i]], out flux[i]) || flux[i] is < LeastFlux or > GreatestFlux) return Fault(name, number, wanted[10 + i], "expected 40 to 1000");
            SpaceWeatherQuality? kind = cells[columns[12]].Trim() switch
            {
                "OBS" or "INT" => SpaceWeatherQuality.Observed,
                "PRD" => SpaceWeatherQuality.DailyPredicted,
                "PRM" => SpaceWeatherQuality.MonthlyPredicted,
                _ => null,
            };
            if (kind is null) return Fault(name, number, wanted[12], "expected OBS, INT, PRD or PRM");
            // Forecasts of months have no activity: the mean of many years stands for it.
            int daily = hasAp ? ap[8] : 12;
            if (Append(name, number, days, new SpaceWeatherDay(day, hasAp && kind != SpaceWeatherQuality.MonthlyPredicted ? ap[..8] : [], daily, flux[0], flux[1], flux[3], flux[4], kind.Value)) is { } fault) return fault;
        }
        return null;
    }

    private static FileFault? Append(string name, int number, List<SpaceWeatherDay> days, SpaceWeatherDay day)
    {
        if (days.Count > 0 && day.Day <= days[^1].Day) return Fault(name, number, "date", $"the days must ascend, the one before is {days[^1].Day:yyyy-MM-dd}");
        days.Add(day);
        return null;
    }

    private static FileFault Fault(string name, int line, string field, string problem) => new(name, line, field, problem, "fetch the file again, or correct the line");

    /// <summary>One line in columns; keeps its first fault.</summary>
    private sealed class Cells(string file, int number, string line)
    {
        public FileFault? Fault { get; private set; }

        public DateOnly Day()
        {
            if (TextLines.TryInteger(TextLines.Columns(line, 1, 4), out int year) && TextLines.TryInteger(TextLines.Columns(line, 5, 7), out int month)
                && TextLines.TryInteger(TextLines.Columns(line, 8, 10), out int day) && year is > 1900 and < 2400 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month))
                return new DateOnly(year, month, day);
            Refuse("date", "columns 1 to 10 are no date");
            return default;
        }

        public int Ap(string field, int first)
        {
            if (TextLines.TryInteger(TextLines.Columns(line, first, first + 3), out int value) && value is >= 0 and <= GreatestAp) return value;
            Refuse(field, $"columns {first} to {first + 3}: expected 0 to {GreatestAp}");
            return 0;
        }

        public double Flux(string field, int first, int last)
        {
            if (TextLines.TryNumber(TextLines.Columns(line, first, last), out double value) && value is >= LeastFlux and <= GreatestFlux) return value;
            Refuse(field, $"columns {first} to {last}: expected {LeastFlux} to {GreatestFlux}");
            return 0;
        }

        private void Refuse(string field, string problem) => Fault ??= SpaceWeatherReader.Fault(file, number, field, problem);
    }
}
