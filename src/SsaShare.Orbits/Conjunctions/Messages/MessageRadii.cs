namespace SsaShare.Orbits;

/// <summary>Hard-body radii of both objects, km, and whether each is its own or the default.</summary>
internal sealed record MessageRadii(double FirstKm, bool IsFirstOwn, double SecondKm, bool IsSecondOwn)
{
    public double SumKm => Math.Round((FirstKm + SecondKm) * 1e3, 6) / 1e3;

    /// <returns>Null where one is not known and there is no default.</returns>
    public static MessageRadii? Of(EncounterObject first, EncounterObject second, double? defaultKm)
        => (first.HardBodyRadiusKm ?? defaultKm) is { } one && (second.HardBodyRadiusKm ?? defaultKm) is { } other
            ? new MessageRadii(one, first.HardBodyRadiusKm is not null, other, second.HardBodyRadiusKm is not null)
            : null;
}
