/** Names of intents, as people read them. */
import { useLingui } from "@lingui/react/macro";

/** `payment_failed` as "payment failed". A taxonomy is its client's own: what its names say is left as it is. */
const bare = (intent: string): string => intent.replaceAll(/[_-]+/g, " ").trim() || intent;

/** Those of the starter taxonomy in the language of the page. */
export function useIntent(): (intent: string) => string {
  const { t } = useLingui();
  const starter = new Map([
    ["crash", t`crash`],
    ["slow", t`slow`],
    ["login", t`signing in`],
    ["password", t`password`],
    ["verification_code", t`verification code`],
    ["payment_failed", t`payment failed`],
    ["charged_wrongly", t`charged wrongly`],
    ["refund_request", t`refund request`],
    ["refund_status", t`refund status`],
    ["cancel_subscription", t`cancel subscription`],
    ["pricing", t`pricing`],
    ["invoice", t`invoice`],
    ["coupon", t`coupon`],
    ["order_status", t`order status`],
    ["wrong_or_damaged", t`wrong or damaged`],
    ["return_exchange", t`return or exchange`],
    ["change_order", t`change order`],
    ["cancel_order", t`cancel order`],
    ["availability", t`availability`],
    ["change_account", t`change account`],
    ["delete_account", t`delete account`],
    ["notifications", t`notifications`],
    ["data_missing", t`data missing`],
    ["feature_request", t`feature request`],
    ["usability", t`usability`],
    ["installation", t`installation`],
    ["connection", t`connection`],
    ["advertising", t`advertising`],
    ["praise", t`praise`],
    ["human", t`a person is wanted`],
  ]);
  return (intent) => starter.get(intent) ?? bare(intent);
}
