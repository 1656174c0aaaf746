using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>The orbit of an object as one partner published it: mean elements or a state.</summary>
/// <param name="Record">That holds it.</param>
/// <param name="Originator">Whose word it is.</param>
/// <param name="Tag">Of the object, as the originator tags it.</param>
/// <param name="Published">When.</param>
/// <param name="Elements">Null when it is a state.</param>
/// <param name="State">Null when it is mean elements.</param>
public sealed record PublishedOrbit(RecordId Record, PartnerId Originator, ObjectTag Tag, Epoch Published, ElementSet? Elements, OrbitState? State)
{
    /// <summary>Of the elements or the state.</summary>
    public Epoch Epoch => Elements?.Epoch ?? State!.State.Epoch;

    /// <summary>From the newest on: by the instant that the orbit was determined for, then by publishing; the id decides between equals, so that the order of arrival does not.</summary>
    public static int NewestFirst(PublishedOrbit a, PublishedOrbit b)
    {
        int order = b.Epoch.CompareTo(a.Epoch);
        if (order == 0) order = b.Published.CompareTo(a.Published);
        return order != 0 ? order : string.CompareOrdinal(a.Record.ToString(), b.Record.ToString());
    }
}

/// <summary>A manoeuvre that a partner announced.</summary>
/// <param name="Record">That holds the notice.</param>
/// <param name="Originator">Whose word it is.</param>
/// <param name="Tag">Of the object, as the originator tags it.</param>
/// <param name="Notice">What was announced.</param>
public sealed record AnnouncedManeuver(RecordId Record, PartnerId Originator, ObjectTag Tag, ManeuverNotice Notice);

/// <summary>Why a record takes no part in the screening.</summary>
public enum OrbitRefusal
{
    None = 0,
    /// <summary>Its data mode is not REAL.</summary>
    NotReal = 1,
    /// <summary>The payload cannot be read.</summary>
    Unreadable = 2,
    /// <summary>It does not say of which object it is: it would come close to every other orbit of the same one.</summary>
    Untagged = 3,
    /// <summary>Mean elements made coarser by their provider are off by kilometres, and do not say so to SGP4.</summary>
    Coarse = 4,
    /// <summary>More objects than are kept of one partner.</summary>
    TooMany = 5,
}
