using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Bounds of a number in words: what is no bound is not told as one.</summary>
internal static class NumberBounds
{
    /// <summary>Why a number is refused.</summary>
    /// <param name="least">Taken; as is the greatest. The least positive number stands for all that are positive.</param>
    public static string Outside(double least, double greatest) => (least, greatest) switch
    {
        (double.Epsilon, double.MaxValue) => "not above 0",
        (double.Epsilon, _) => Text($"not above 0 and up to {greatest:G15}"),
        (_, double.MaxValue) => Text($"below {least:G15}"),
        (double.MinValue, _) => Text($"above {greatest:G15}"),
        _ => Text($"outside {least:G15} to {greatest:G15}"),
    };

    /// <summary>What is expected.</summary>
    /// <inheritdoc cref="Outside"/>
    public static string Within(double least, double greatest) => (least, greatest) switch
    {
        (double.MinValue, double.MaxValue) => "a number",
        (double.Epsilon, double.MaxValue) => "a number above 0",
        (double.Epsilon, _) => Text($"a number above 0 and up to {greatest:G15}"),
        (_, double.MaxValue) => Text($"a number of at least {least:G15}"),
        (double.MinValue, _) => Text($"a number up to {greatest:G15}"),
        _ => Text($"a number from {least:G15} to {greatest:G15}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
