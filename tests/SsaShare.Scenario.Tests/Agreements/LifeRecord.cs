using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>One record of the life that is played, as its originator published it.</summary>
/// <param name="Name">For people: what was published, and which one of it.</param>
/// <param name="Record">Read back from the originator's database.</param>
/// <param name="Leaf">Salted leaf in its publication: what a degraded form names instead of the record.</param>
/// <param name="Publication">SHA-256 of the publication's payload.</param>
/// <param name="Index">In the publication, from 0.</param>
internal sealed record LifeRecord(string Name, SealedRecord Record, Hash256 Leaf, Hash256 Publication, int Index)
{
    public PartnerId Originator => Record.Facts.Originator;

    public override string ToString() => Name;
}
