using System.Globalization;

namespace SsaShare.Cli;

/// <summary>What a file calls an object; nothing of it need be known.</summary>
/// <param name="NoradId">Catalogue number.</param>
/// <param name="CosparId">International designator.</param>
/// <param name="Name">For people.</param>
internal sealed record OperatorName(long? NoradId, string? CosparId, string? Name)
{
    /// <summary>From the tag of a state and what stands beside it.</summary>
    public static OperatorName Of(string? id, string? cosparId, string? name)
        => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? new(number, cosparId, name)
            : IsDesignator(id) ? new(null, cosparId ?? id, name)
            : new(null, cosparId, name ?? id);

    public override string ToString()
        => NoradId is { } number ? number.ToString(CultureInfo.InvariantCulture) : (Name, CosparId) switch { ({ } name, { } id) => $"{name} ({id})", (var name, var id) => name ?? id ?? "an object without a name" };

    /// <summary>Of the form 1998-067A.</summary>
    private static bool IsDesignator(string? id)
        => id is { Length: >= 9 and <= 11 } && id[4] == '-' && id.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && id.AsSpan(5, 3).IndexOfAnyExceptInRange('0', '9') < 0 && id.AsSpan(8).IndexOfAnyExceptInRange('A', 'Z') < 0;
}
