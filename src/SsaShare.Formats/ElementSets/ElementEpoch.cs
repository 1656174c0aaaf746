namespace SsaShare.Formats;

/// <summary>A calendar date and time of day on a clock that is named beside it. Before 1972, where <see cref="Epoch"/> has no UTC, there were satellites too.</summary>
/// <param name="Day">The date.</param>
/// <param name="NanosecondOfDay">Since its midnight; from 86,400,000,000,000 on inside a leap second.</param>
public readonly record struct ElementEpoch(DateOnly Day, long NanosecondOfDay)
{
    /// <summary>As <see cref="ElementEpochText"/> prints it.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[ElementEpochText.LongestBytes];
        return System.Text.Encoding.ASCII.GetString(text[..ElementEpochText.Print(this, text)]);
    }
}
