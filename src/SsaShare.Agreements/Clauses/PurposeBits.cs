using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>A set of purposes as a list of single ones.</summary>
internal static class PurposeBits
{
    private static readonly Purposes[] Single = [Purposes.SafetyOfFlight, Purposes.Fusion, Purposes.Research, Purposes.Enforcement];

    public static ImmutableArray<Purposes> Split(Purposes purposes) => [.. Single.Where(one => purposes.HasFlag(one))];
}
