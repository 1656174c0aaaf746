using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Orbits;
using SsaShare.Protocol;

namespace SsaShare.FusionService.Tests.Conjunctions;

/// <summary>Published orbits of made-up objects.</summary>
internal static class Orbits
{
    public static ElementSet Elements(string? tag, double hours = 0) => new(tag, TestTime.Epoch.PlusSeconds(hours * 3_600), 15, 0.001, 1, 1, 0, 0, 0, 0, 0);

    public static SealedRecord Published(string? tag, PartnerId originator, double hours = 0, DataMode mode = DataMode.Real)
        => RecordFactory.Seal(Elements(tag, hours), originator, LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, mode, null, OriginatorControlled: false)));

    public static SealedRecord Announced(string tag, PartnerId originator, double fromHours, Vector3d? change = null)
        => RecordFactory.Seal(new ManeuverNotice(tag, ManeuverStatus.Planned, TestTime.Epoch.PlusSeconds(fromHours * 3_600), TestTime.Epoch.PlusSeconds(fromHours * 3_600 + 60), change, null, null), originator,
            LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)));

    /// <summary>As it is given to the board.</summary>
    public static OrbitSource Source(string tag, PartnerId originator)
        => new(OrbitSourceMaker.Designate(ObjectTag.TryParse(tag, out var named) ? named : throw new FormatException(tag), originator), OrbitSourceKind.ElementSet, originator, [Published(tag, originator).Id], DataMode.Real, TestTime.Epoch, TestTime.Epoch,
            new EncounterObject(1, new ElementSetMotion(Elements(tag), null), null));

    /// <summary>What a reader is told of two such objects.</summary>
    public static BoardConjunction Conjunction(double? probability, double missKm, double hours = 6, string sources = "a", bool isCurrent = true)
    {
        OrbitSource Source(string tag) => new(new ObjectDesignation(catalogNumber: long.Parse(tag, System.Globalization.CultureInfo.InvariantCulture)), OrbitSourceKind.ElementSet, Records.Pacific,
            [Published(tag, Records.Pacific, sources.Length).Id], DataMode.Real, TestTime.Epoch, TestTime.Epoch, new EncounterObject(1, new ElementSetMotion(Elements(tag), null), null));
        var tca = TestTime.Epoch.PlusSeconds(hours * 3_600);
        return new BoardConjunction(default, Source("1"), Source("2"), new CloseApproach(1, 2, tca, missKm, 10, tca, tca, CloseApproachTraits.None),
            new BoardProbability(new RecommendedProbability(ProbabilityMethods.TwoDimensional, probability, ""), null, null, null, null, 0.01, true, []), isCurrent, false, 1, []);
    }
}
