using System.Globalization;

namespace SsaShare.Formats;

/// <summary>A number, printed with the fewest digits that read back as the same double.</summary>
/// <param name="least">Taken; as is the greatest.</param>
internal sealed class NumberField(string keyword, Func<MeanElements, double?> get, Action<ElementBuilder, double> set, double least = double.MinValue, double greatest = double.MaxValue) : ElementField(keyword)
{
    public override bool IsNumber => true;

    public override string Expected => NumberBounds.Within(least, greatest);

    public override string? Read(ReadOnlySpan<byte> text, ElementBuilder to)
    {
        if (!DecimalText.TryParse(text, out double value)) return "not a number";
        if (!(value >= least && value <= greatest)) return NumberBounds.Outside(least, greatest);
        set(to, value);
        return null;
    }

    public override string? Text(MeanElements elements) => get(elements)?.ToString("R", CultureInfo.InvariantCulture);

    public override int Print(MeanElements elements, Span<byte> to)
        => get(elements) is { } value && value.TryFormat(to, out int count, default, CultureInfo.InvariantCulture) ? count : -1;

    public override bool IsWritable(MeanElements elements) => get(elements) is null or (>= double.MinValue and <= double.MaxValue);
}

/// <summary>A whole number that is not negative.</summary>
internal sealed class IntegerField(string keyword, Func<MeanElements, long?> get, Action<ElementBuilder, long> set, long greatest) : ElementField(keyword)
{
    public override bool IsNumber => true;

    public override string Expected => $"a whole number from 0 to {greatest}";

    public override string? Read(ReadOnlySpan<byte> text, ElementBuilder to)
    {
        if (!DecimalText.TryParse(text, out long value)) return "not a whole number";
        if (value < 0 || value > greatest) return $"outside 0 to {greatest}";
        set(to, value);
        return null;
    }

    public override string? Text(MeanElements elements) => get(elements)?.ToString(CultureInfo.InvariantCulture);

    public override int Print(MeanElements elements, Span<byte> to)
        => get(elements) is { } value && value.TryFormat(to, out int count, default, CultureInfo.InvariantCulture) ? count : -1;
}
