namespace SsaShare.Fusion;

/// <summary>What one catalog's orbit is in another.</summary>
public enum MatchAnswer
{
    /// <summary>No orbit of the other catalog is near enough.</summary>
    None = 0,
    /// <summary>One is, and it has no other that is.</summary>
    Same = 1,
    /// <summary>Several are, or the one has several: orbits alone do not tell.</summary>
    Ambiguous = 2,
    /// <summary>The orbit cannot be followed to the instant of comparison.</summary>
    NoOrbit = 3,
}

/// <summary>An orbit of the first catalog against the second.</summary>
/// <param name="First">Its number in the first catalog.</param>
/// <param name="Answer">By the orbit alone; names have no say.</param>
/// <param name="Nearest">Number of the nearest of the second catalog inside the gate; null where there is none.</param>
/// <param name="SquareDistance">Of the nearest: squared Mahalanobis distance, six degrees of freedom; infinity where there is none.</param>
/// <param name="Others">Further ones of the second catalog that it may be, nearest first.</param>
/// <param name="NamesAgree">Hint: whether both carry the same tag; null where one has none.</param>
public sealed record CatalogMatch(int First, MatchAnswer Answer, int? Nearest, double SquareDistance, IReadOnlyList<int> Others, bool? NamesAgree);
