import type { LabBridge } from '../../shared/lab-bridge';
import { LAB_PORT_MESSAGE } from '../../shared/lab-bridge';
import { labEvents, labRequests } from '../../shared/protocol/lab-job';
import { PortLink, type WorkerPort } from '../link/port-link';
import { spokenError } from '../texts/reports';

type Pane = PortLink<typeof labRequests, typeof labEvents>;

/** Panes that wait for the port that they asked for: main answers in order. */
const waiting: Pane[] = [];

/** A pane's link to the lab's process, which is asked for anew when the process was replaced. */
export function openPane(
  bridge: LabBridge,
  onError: (message: string) => void,
): { readonly link: Pane; close(): void } {
  const link: Pane = new PortLink(labRequests, labEvents);
  const connect = (): void => {
    waiting.push(link);
    void bridge.connect().then((answer) => {
      if (answer.ok) return;
      waiting.splice(waiting.indexOf(link), 1);
      onError(spokenError(answer.error).message);
    });
  };
  const end = bridge.onState(({ state, error }) => {
    if (state !== 'stopped' || error === null) return;
    const why = spokenError(error);
    link.detach(why);
    onError(`${why.message} ${why.remedy}`);
    connect();
  });
  connect();
  return {
    link,
    close: () => {
      end();
      waiting.splice(0, waiting.length, ...waiting.filter((each) => each !== link));
      link.detach(spokenError({ code: 'cancelled', message: '', remedy: '' }));
    },
  };
}

window.addEventListener('message', (event: MessageEvent) => {
  const port: WorkerPort | undefined = event.ports[0];
  if (event.source !== window || event.data !== LAB_PORT_MESSAGE || !port) return;
  const pane = waiting.shift();
  if (pane) pane.attach(port);
  else port.close();
});
