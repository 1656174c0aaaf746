using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>What `bench exchange` is asked for.</summary>
/// <param name="Part">One part's name, or "all".</param>
/// <param name="Records">How many records a part exchanges; null for its own default.</param>
/// <param name="Rounds">How often a part repeats a comparison; null for its own default.</param>
/// <param name="Full">The long form of a part that has a long and a short one.</param>
internal sealed record ExchangeBenchOptions(string Part, int? Records, int? Rounds, bool Full)
{
    public static bool TryParse(string[] args, [NotNullWhen(true)] out ExchangeBenchOptions? options)
    {
        var read = new ExchangeBenchOptions("all", null, null, Full: false);
        options = null;
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--full":
                    read = read with { Full = true };
                    continue;
                case "--part" when value is not null:
                    read = read with { Part = value };
                    break;
                case "--records" when TryReadCount(value, out int records):
                    read = read with { Records = records };
                    break;
                case "--rounds" when TryReadCount(value, out int rounds):
                    read = read with { Rounds = rounds };
                    break;
                default:
                    return false;
            }
            i++;
        }
        options = read;
        return true;
    }

    private static bool TryReadCount(string? text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
