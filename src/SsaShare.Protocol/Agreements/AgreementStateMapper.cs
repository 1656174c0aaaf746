using SsaShare.Agreements;
using SsaShare.Exchange;
using AdminV1 = SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Protocol;

/// <summary>States of the life cycle of an agreement, and what parties do to it.</summary>
public static class AgreementStateMapper
{
    /// <exception cref="ArgumentOutOfRangeException">A state that the wire has no word for.</exception>
    public static V1.AgreementState ToWire(this AgreementState state) => state switch
    {
        AgreementState.Draft => V1.AgreementState.Draft,
        AgreementState.Proposed => V1.AgreementState.Proposed,
        AgreementState.Countersigned => V1.AgreementState.Countersigned,
        AgreementState.Active => V1.AgreementState.Active,
        AgreementState.Suspended => V1.AgreementState.Suspended,
        AgreementState.Superseded => V1.AgreementState.Superseded,
        AgreementState.Revoked => V1.AgreementState.Revoked,
        AgreementState.Expired => V1.AgreementState.Expired,
        AgreementState.Unwitnessed => V1.AgreementState.Unwitnessed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word on the wire for this state."),
    };

    /// <exception cref="ArgumentOutOfRangeException">An event that the wire has no word for.</exception>
    public static AdminV1.AgreementEvent ToWire(this TransitionEvent happening) => happening switch
    {
        TransitionEvent.Suspend => AdminV1.AgreementEvent.Suspend,
        TransitionEvent.Resume => AdminV1.AgreementEvent.Resume,
        TransitionEvent.Revoke => AdminV1.AgreementEvent.Revoke,
        _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "No word on the wire for this event."),
    };

    /// <returns>Null when it is none of the three.</returns>
    public static TransitionEvent? TryRead(AdminV1.AgreementEvent wire) => wire switch
    {
        AdminV1.AgreementEvent.Suspend => TransitionEvent.Suspend,
        AdminV1.AgreementEvent.Resume => TransitionEvent.Resume,
        AdminV1.AgreementEvent.Revoke => TransitionEvent.Revoke,
        _ => null,
    };
}
