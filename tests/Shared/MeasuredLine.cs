using System.Globalization;

namespace SsaShare.Tests;

/// <summary>A figure that a test found, as the one line it prints: <c>MEASURED what | against | statistic | value | unit | aim</c>.</summary>
/// <param name="What">The case: object, quantity, span.</param>
/// <param name="Against">Who made the figures that it is compared with.</param>
/// <param name="Statistic">median, 95 %, max, rms, F1 ...</param>
/// <param name="Unit">Empty for a bare number.</param>
/// <param name="Aim">What was asked for; none where nothing was.</param>
internal sealed record MeasuredLine(string What, string Against, string Statistic, double Value, string Unit, Aim? Aim)
{
    public const string Word = "MEASURED ";
    private const string Between = " | ", AtMost = "<= ", AtLeast = ">= ";

    public bool IsMissed => Aim is { } aim && !aim.IsMetBy(Value);

    public override string ToString()
    {
        string aim = Aim is { } a ? string.Create(CultureInfo.InvariantCulture, $"{(a.IsUpper ? AtMost : AtLeast)}{a.Limit:R}") : "-";
        return Word + string.Join(Between, What, Against, Statistic, Value.ToString("G6", CultureInfo.InvariantCulture), Unit.Length == 0 ? "-" : Unit, aim);
    }

    /// <summary>Null for a line of another form, also one that begins with the same word.</summary>
    public static MeasuredLine? Parse(string line)
    {
        if (!line.StartsWith(Word, StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal)) return null;
        string[] parts = line[Word.Length..].Split(Between);
        if (parts.Length != 6 || !double.TryParse(parts[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return null;
        Aim? aim = null;
        if (parts[5] != "-")
        {
            bool isUpper = parts[5].StartsWith(AtMost, StringComparison.Ordinal);
            if (!isUpper && !parts[5].StartsWith(AtLeast, StringComparison.Ordinal)) return null;
            if (!double.TryParse(parts[5].AsSpan(AtMost.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double limit)) return null;
            aim = new Aim(isUpper, limit);
        }
        return new MeasuredLine(parts[0], parts[1], parts[2], value, parts[4] == "-" ? "" : parts[4], aim);
    }
}
