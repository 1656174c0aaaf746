using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>An object whose orbit is to be followed: elements for SGP4, or a state.</summary>
/// <param name="Id">What output calls it: its catalogue number, else its designator, else its name.</param>
/// <param name="Name">Where the file has one.</param>
/// <param name="CosparId">International designator, where the file has one.</param>
/// <param name="Elements">Null where there is a state.</param>
/// <param name="State">Null where there are elements.</param>
internal sealed record OrbitStart(string Id, string? Name, string? CosparId, ElementSet? Elements, OrbitState? State)
{
    /// <summary>Of the elements or of the state.</summary>
    public Epoch Epoch => Elements?.Epoch ?? State!.State.Epoch;
}
