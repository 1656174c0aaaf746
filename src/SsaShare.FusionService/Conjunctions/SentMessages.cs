using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.FusionService;

/// <summary>The messages that one reader was sent, by the pair of objects.</summary>
/// <param name="standing">That still hold.</param>
/// <param name="withdrawn">That were taken back lately.</param>
internal sealed class SentMessages(IEnumerable<LedgerMessage> standing, IEnumerable<LedgerMessage> withdrawn)
{
    private readonly ILookup<(string First, string Second), LedgerMessage> _standing = ByPair(standing), _withdrawn = ByPair(withdrawn);

    public IEnumerable<LedgerMessage> Standing(string firstObject, string secondObject) => _standing[(firstObject, secondObject)];

    public IEnumerable<LedgerMessage> Withdrawn(string firstObject, string secondObject) => _withdrawn[(firstObject, secondObject)];

    /// <summary>How many were made after an instant, whether they still hold or not.</summary>
    public int CountSince(Epoch after) => _standing.Concat(_withdrawn).Sum(pair => pair.Count(message => message.Made > after));

    private static ILookup<(string First, string Second), LedgerMessage> ByPair(IEnumerable<LedgerMessage> messages) => messages.ToLookup(message => (message.FirstObject, message.SecondObject));
}
