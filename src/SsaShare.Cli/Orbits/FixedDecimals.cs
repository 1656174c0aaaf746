using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SsaShare.Cli;

/// <summary>Numbers as text with as many decimals each time, several times faster than the general way.</summary>
internal static class FixedDecimals
{
    /// <summary>Whole numbers up to here are exact in a double.</summary>
    private const double LargestExact = 9e15;

    private static readonly double[] Powers = [.. Enumerable.Range(0, 16).Select(power => Math.Pow(10, power))];

    /// <param name="decimals">1 to 15; the last one is rounded to the nearest.</param>
    public static void Write(IBufferWriter<byte> to, double value, int decimals)
    {
        double scaled = Math.Round(Math.Abs(value) * Powers[decimals]);
        if (!(scaled < LargestExact))
        {
            to.Write(Encoding.ASCII.GetBytes(value.ToString($"F{decimals}", CultureInfo.InvariantCulture)));
            return;
        }
        var span = to.GetSpan(32);
        int at = 0;
        if (value < 0 && scaled > 0) span[at++] = (byte)'-';
        long digits = (long)scaled, unit = (long)Powers[decimals];
        long whole = digits / unit, rest = digits - whole * unit;
        Utf8Formatter.TryFormat(whole, span[at..], out int written);
        at += written;
        span[at++] = (byte)'.';
        for (int i = decimals - 1; i >= 0; i--)
        {
            (rest, long digit) = Math.DivRem(rest, 10);
            span[at + i] = (byte)('0' + digit);
        }
        to.Advance(at + decimals);
    }
}
